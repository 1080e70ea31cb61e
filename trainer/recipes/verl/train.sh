#!/bin/sh
# One stage with verl. Use: train.sh fre|mgt MODEL TRAIN.parquet JUDGED.parquet OUT [more of its settings, or --cfg job]
# NODES, REWARD, TOUCHLINE_SERVE_TOKEN: see README.md.
set -eu
[ $# -ge 5 ] || { echo "train.sh: expected fre|mgt MODEL TRAIN.parquet JUDGED.parquet OUT" >&2; exit 2; }
judge=$(realpath "$(dirname "$(realpath "$0")")/../../serve/python/touchline/verl.py")
stage=$1 model=$2 train=$(realpath "$3") judged=$(realpath "$4") out=$(realpath -m "$5")
shift 5
[ ! -e "$model" ] || model=$(realpath "$model")

# Steps of the optimiser have as many answers as a rollout has questions: 16 answers to each of these.
case $stage in
  fre) estimator=reinforce_plus_plus_baseline rate=1e-6 batch=128 minibatch=8 epochs=1 ;;
  mgt) estimator=gae rate=4e-7 batch=256 minibatch=16 epochs=2 ;;
  *) echo "train.sh: expected fre or mgt, not $stage" >&2; exit 2 ;;
esac

exec python3 -m verl.trainer.main_ppo \
  data.train_files="$train" data.val_files="$judged" data.image_key=images data.train_batch_size="$batch" \
  data.max_prompt_length=4096 data.max_response_length=8192 data.filter_overlong_prompts=True data.truncation=error \
  reward.custom_reward_function.path="$judge" reward.custom_reward_function.name=compute_score \
  +reward.custom_reward_function.reward_kwargs.url="${REWARD:-http://127.0.0.1:5000}" \
  algorithm.adv_estimator="$estimator" algorithm.gamma=1.0 algorithm.lam=1.0 \
  algorithm.use_kl_in_reward=True algorithm.kl_penalty=kl algorithm.kl_ctrl.kl_coef=0.001 \
  actor_rollout_ref.model.path="$model" actor_rollout_ref.model.use_remove_padding=True \
  actor_rollout_ref.model.enable_gradient_checkpointing=True \
  actor_rollout_ref.actor.optim.lr="$rate" actor_rollout_ref.actor.optim.lr_warmup_steps_ratio=0.03 \
  actor_rollout_ref.actor.ppo_mini_batch_size="$minibatch" actor_rollout_ref.actor.ppo_micro_batch_size_per_gpu=2 \
  actor_rollout_ref.actor.ppo_epochs=1 actor_rollout_ref.actor.clip_ratio=0.2 \
  actor_rollout_ref.actor.use_kl_loss=False actor_rollout_ref.actor.entropy_coeff=0 \
  actor_rollout_ref.actor.checkpoint.save_contents="['model','hf_model','optimizer','extra']" \
  actor_rollout_ref.rollout.name=vllm actor_rollout_ref.rollout.n=16 actor_rollout_ref.rollout.temperature=1.0 \
  actor_rollout_ref.rollout.tensor_model_parallel_size=1 actor_rollout_ref.rollout.gpu_memory_utilization=0.5 \
  actor_rollout_ref.rollout.log_prob_micro_batch_size_per_gpu=4 \
  actor_rollout_ref.ref.log_prob_micro_batch_size_per_gpu=4 \
  critic.model.path="$model" critic.model.enable_gradient_checkpointing=True critic.optim.lr=9e-6 \
  critic.ppo_micro_batch_size_per_gpu=2 \
  trainer.n_gpus_per_node=8 trainer.nnodes="${NODES:-1}" trainer.total_epochs="$epochs" trainer.save_freq=20 \
  trainer.test_freq=20 trainer.critic_warmup=0 trainer.logger="['console','tensorboard']" \
  trainer.project_name=touchline trainer.experiment_name="$stage" trainer.default_local_dir="$out" "$@"
